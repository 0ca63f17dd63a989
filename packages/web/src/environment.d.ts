// What the bundler gives at build time.
interface ImportMeta {
  readonly env: { readonly MODE: string };
  glob(
    pattern: readonly string[],
    options: { readonly query: "?raw"; readonly import: "default" },
  ): Readonly<Record<string, () => Promise<string>>>;
}
declare module "*.css";
declare module "@fontsource-variable/*";
