// What the bundler gives at build time.
interface ImportMeta {
  readonly env: { readonly MODE: string };
}
declare module "*.css";
declare module "@fontsource-variable/*";
