/**
 * The process: reads the settings, opens the store, listens, says where, and
 * stops cleanly. It and demo.ts, the other one, alone name a concrete store.
 */
import { createApp } from './app.ts'
import { systemClock } from './clock.ts'
import { configOfProcess } from './config.ts'
import { createLogger } from './logger.ts'
import { client, fail, listen, print, sayWhere, stopOnSignal } from './serving.ts'
import { openFileStore } from './store/file-store.ts'

async function start(): Promise<void> {
  const config = configOfProcess()
  const logger = createLogger({
    level: config.logLevel,
    now: () => systemClock.now(),
    write: (line) => void process.stdout.write(line),
  })
  const store = await openFileStore({
    root: config.dataDir,
    report: (sentence) => logger.warn(sentence),
  })
  const app = await createApp({ config, store, clock: systemClock, logger, client })
  const stop = async () => {
    await app.close()
    await store.close()
  }
  try {
    await listen(app, config)
  } catch (cause) {
    await stop()
    throw cause
  }
  stopOnSignal(stop)
  print('')
  sayWhere(app, config)
  print('')
}

start().catch(fail)
