/** Sentences of the invitation sheet: loaded with it. */
export const inviteWords = {
  title: 'Invite your partner',
  lead: "Send this to your partner yourself, the way you'd normally talk.",
  link: 'Invitation link',
  copy: 'Copy',
  copied: 'Copied',
  selected: 'The link is selected. Copy it from here.',
  cancel: 'Cancel this link',
  until: (day: string) => `Works once. Stops working on ${day}.`,
  theySee: "They'll see your name first. Not your drafts.",
  hereOnly: 'This link works on this computer only.',
  network: 'From another device on your network, this one works:',
  qr: 'QR code of the link',
  elsewhere: 'You made this link on another device. It works as before.',
  making: 'Making the link…',
}
