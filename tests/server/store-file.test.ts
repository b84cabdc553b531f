import { diskOf } from '../../server/store/disk.ts'
import { openForTest, temporaryFolder } from '../support/store/store-folder.ts'
import { storeChannelsContract } from './store-channels-contract.ts'
import { storeContract } from './store-contract.ts'

const open = () => openForTest({ root: temporaryFolder() })
/** As on a system without the flag that makes a write and its fsync one step. */
const openInTwoSteps = () => openForTest({ root: temporaryFolder(), disk: diskOf(false) })

storeContract('file store', open)
storeChannelsContract('file store', open)
storeContract('file store, write and fsync apart', openInTwoSteps)
