import { openForTest, temporaryFolder } from '../support/store-folder.ts'
import { storeContract } from './store-contract.ts'

storeContract('file store', () => openForTest({ root: temporaryFolder() }))
