import { openForTest, temporaryFolder } from '../support/store/store-folder.ts'
import { storeChannelsContract } from './store-channels-contract.ts'
import { storeContract } from './store-contract.ts'

const open = () => openForTest({ root: temporaryFolder() })

storeContract('file store', open)
storeChannelsContract('file store', open)
