/** The page: follows the address, takes an invitation out of it, draws the app. */
import { mount } from 'svelte'
import './app.css'
import App from './App.svelte'
import { linkSecret } from './link-secret.svelte.ts'
import { startQuickExit } from './shell/quick-exit.ts'
import { route } from './route.svelte.ts'

linkSecret.start()
route.start()
startQuickExit()

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no #app')
mount(App, { target })
