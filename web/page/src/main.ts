import { mount } from 'svelte';
import App from './App.svelte';
import './style.css';

// The token let this browser in and is used up: it stands in no address, history or bookmark from here on.
if (location.search) history.replaceState(null, '', location.pathname + location.hash);

const target = document.getElementById('app')!;
target.replaceChildren(); // what stood there until now
mount(App, { target });
