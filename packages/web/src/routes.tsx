/**
 * The pages and their addresses. Addresses live in the fragment: the same files then work from any folder of any web
 * server, and what is in an address (a case, an invitation's key) is never sent to it.
 */
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Shell } from "./frame/shell.tsx";
import { Loading, Missing, PageFault } from "./frame/states.tsx";

const root = createRootRoute({ notFoundComponent: Missing });

const outside = createRoute({
  getParentRoute: () => root,
  id: "outside",
  component: (): ReactElement => <Shell />,
});

const cases = createRoute({
  getParentRoute: () => outside,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/cases/cases-page.tsx"), "CasesPage"),
});

const draft = createRoute({
  getParentRoute: () => outside,
  path: "/draft",
  component: lazyRouteComponent(() => import("./pages/draft/draft-page.tsx"), "DraftPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([outside.addChildren([cases, draft])]),
  history: createHashHistory(),
  defaultPendingComponent: Loading,
  defaultErrorComponent: PageFault,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
