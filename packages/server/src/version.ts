/** The version that this server tells; the package's own. */
export const version = "0.1.0";
