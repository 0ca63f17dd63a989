/**
 * The pages and their addresses. Addresses live in the fragment: the same files then work from any folder of any web
 * server, and what is in an address (a case, an invitation's key) is never sent to it.
 */
import { parseHref } from "@tanstack/history";
import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Shell } from "./frame/shell.tsx";
import { Loading, MissingPage, PageFault } from "./frame/states.tsx";

const root = createRootRoute({ notFoundComponent: MissingPage });

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

const newCase = createRoute({
  getParentRoute: () => outside,
  path: "/new",
  component: lazyRouteComponent(() => import("./pages/cases/new-case-page.tsx"), "NewCasePage"),
});

const account = createRoute({
  getParentRoute: () => outside,
  path: "/account",
  component: lazyRouteComponent(() => import("./pages/account/account-page.tsx"), "AccountPage"),
});

const join = createRoute({
  getParentRoute: () => outside,
  path: "/join/$caseId/$secret",
  component: lazyRouteComponent(() => import("./pages/join/join-page.tsx"), "JoinPage"),
});

const aCase = createRoute({
  getParentRoute: () => root,
  path: "/case/$caseId",
  component: lazyRouteComponent(() => import("./pages/case/case-layout.tsx"), "CaseLayout"),
});

const inCase = [
  createRoute({
    getParentRoute: () => aCase,
    path: "/",
    component: lazyRouteComponent(() => import("./pages/case/overview-page.tsx"), "OverviewPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/text",
    component: lazyRouteComponent(() => import("./pages/text/text-page.tsx"), "TextPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/bring",
    component: lazyRouteComponent(() => import("./pages/draft/bring-page.tsx"), "BringPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/facts",
    component: lazyRouteComponent(() => import("./pages/facts/facts-page.tsx"), "FactsPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/channels",
    component: lazyRouteComponent(() => import("./pages/channels/channels-page.tsx"), "ChannelsPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/packages",
    component: lazyRouteComponent(() => import("./pages/packages/packages-page.tsx"), "PackagesPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/answer",
    component: lazyRouteComponent(() => import("./pages/answer/answer-page.tsx"), "AnswerPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/conclusion",
    component: lazyRouteComponent(() => import("./pages/conclusion/conclusion-page.tsx"), "ConclusionPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/side",
    component: lazyRouteComponent(() => import("./pages/side/side-page.tsx"), "SidePage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/desk",
    component: lazyRouteComponent(() => import("./pages/desk/desk-page.tsx"), "DeskPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/contacts",
    component: lazyRouteComponent(() => import("./pages/contacts/contacts-page.tsx"), "ContactsPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/summit",
    component: lazyRouteComponent(() => import("./pages/summit/summit-page.tsx"), "SummitPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/readouts",
    component: lazyRouteComponent(() => import("./pages/readouts/readouts-page.tsx"), "ReadoutsPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/positions",
    component: lazyRouteComponent(() => import("./pages/positions/positions-page.tsx"), "PositionsPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/measures",
    component: lazyRouteComponent(() => import("./pages/measures/measures-page.tsx"), "MeasuresPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/levers",
    component: lazyRouteComponent(() => import("./pages/measures/levers-page.tsx"), "LeversPage"),
  }),
  createRoute({
    getParentRoute: () => aCase,
    path: "/record",
    component: lazyRouteComponent(() => import("./pages/record/record-page.tsx"), "RecordPage"),
  }),
];

export const router = createRouter({
  routeTree: root.addChildren([
    outside.addChildren([cases, draft, newCase, account, join]),
    aCase.addChildren(inCase),
  ]),
  history: createBrowserHistory({
    // The router's own history in the fragment takes what stands before it (`?session=`) for the end of an address within.
    parseLocation: () => parseHref(location.hash.slice(1) || "/", history.state),
    createHref: (href) => `${location.pathname}${location.search}#${href}`,
  }),
  defaultPendingComponent: Loading,
  defaultErrorComponent: PageFault,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
