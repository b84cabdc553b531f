/** Built in the place of lib0's coloured console: the same warnings, in plain letters. */
const { warn } = console
const [BOLD, UNBOLD, ORANGE, RED] = ['', '', '', '']

export { BOLD, ORANGE, RED, UNBOLD, warn as print, warn }
