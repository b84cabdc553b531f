import { createMemoryStore } from '../../server/store/memory-store.ts'
import { storeChannelsContract } from './store-channels-contract.ts'
import { storeContract } from './store-contract.ts'

const open = async () => createMemoryStore()

storeContract('memory store', open)
storeChannelsContract('memory store', open)
