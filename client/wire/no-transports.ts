/** Built in the place of Engine.IO's list of every transport: the link brings those that it uses. */
export const transports = {}
