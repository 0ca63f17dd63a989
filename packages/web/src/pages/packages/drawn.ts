/** How survival is drawn: this share of error in every point, this often. */
export const drawn = { error: 0.2, draws: 200 } as const;
