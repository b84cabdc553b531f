/** Where this server can be reached, in full origins. */
import { networkInterfaces } from 'node:os'

export function networkOrigins(port: number): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const outside = all.filter(
    ({ internal, family, address }) =>
      !internal && (family === 'IPv4' ? !address.startsWith('169.254.') : isGlobal(address)),
  )
  // People read and type IPv4 addresses more easily.
  const [ipv4, ipv6] = [outside.filter(isIPv4), outside.filter((each) => !isIPv4(each))]
  const shown = ipv4.length > 0 ? ipv4 : ipv6
  return [...new Set(shown.map(({ address }) => originAt(address, port)))]
}

export const originAt = (address: string, port: number): string =>
  `http://${address.includes(':') ? `[${address}]` : address}:${port}`

/** Whether a request was made on this very computer, to a name that means this computer. */
export const isLocal = (remote: string | undefined, host: string | undefined): boolean =>
  /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/.test(remote ?? '') &&
  /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host ?? '')

const isIPv4 = ({ family }: { family: string }): boolean => family === 'IPv4'

/** Neither link-local nor private to the link: those need more than an address. */
const isGlobal = (address: string): boolean => !/^(?:fe80|::1$)/i.test(address)
