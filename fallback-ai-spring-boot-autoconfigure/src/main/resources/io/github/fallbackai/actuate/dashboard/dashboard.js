// SPDX-License-Identifier: Apache-2.0
/** The page: what the feed tells goes to cards, timeline and chart. */

import { Card } from "./card.js";
import { Chart } from "./chart.js";
import { element, write } from "./dom.js";
import { access, Feed, operate } from "./feed.js";
import { Timeline } from "./timeline.js";

const byId = (id) => document.getElementById(id);

const cards = new Map();

const chart = new Chart(byId("chart"));

const timeline = new Timeline(byId("events"), byId("no-events"));

const dialog = byId("drill");

let allowed = { operations: false, drills: false };

let drilled = null;

let latest = null;

function connection(state, text) {
	byId("connection").dataset.state = state;
	write(byId("connection"), text);
	document.body.dataset.connection = state;
}

const feed = new Feed({
	status: show,
	history: (events) => timeline.history(events),
	happened: (event) => timeline.happened(event),
	live() {
		if (byId("connection").dataset.state !== "live") {
			connection("live", "Live");
			access().then((granted) => {
				allowed = granted;
				showCards();
			}, () => {});
		}
	},
	lost(ms) {
		connection("lost", "Connection lost. Next try in " + Math.round(ms / 1000) + " s.");
	}
});

function show(state) {
	latest = state;
	const chain = state.chains[state.defaultChain];
	const active = state.endpoints[chain.active];
	write(byId("instance"), state.instance);
	write(byId("active-model"), active ? active.model : "no endpoint");
	write(byId("active-detail"), active ? chain.active + (chain.degraded ? ", not the first choice" : ", the first choice")
		: "The chain " + state.defaultChain + " has no endpoint that may be tried now");
	byId("active").dataset.tone = active ? (chain.degraded ? "warn" : "good") : "bad";
	showChains(state);
	removeCards(state.endpoints);
	showCards();
	chart.note(state.endpoints);
}

/** An endpoint that is not configured any more leaves the page, with a drill that an operator is about to begin there. */
function removeCards(endpoints) {
	if (dialog.open && !Object.hasOwn(endpoints, drilled)) {
		dialog.close();
	}
	for (const [name, { node }] of cards) {
		if (!Object.hasOwn(endpoints, name)) {
			const focused = node.contains(document.activeElement);
			node.remove();
			cards.delete(name);
			if (focused) {
				byId("cards").focus();
			}
		}
	}
}

function showCards() {
	if (latest !== null) {
		const active = latest.chains[latest.defaultChain].active;
		for (const [name, endpoint] of Object.entries(latest.endpoints)) {
			card(name).show(endpoint, name === active, allowed);
		}
	}
}

function showChains(state) {
	const others = Object.entries(state.chains).filter(([name]) => name !== state.defaultChain);
	const texts = others.map(([name, { active }]) => name + ": " + (active ?? "no endpoint"));
	byId("chains").hidden = texts.length === 0;
	if (byId("chains").dataset.texts !== texts.join("\n")) {
		byId("chains").dataset.texts = texts.join("\n");
		byId("chains").replaceChildren(...texts.map((textContent) => element("li", { textContent })));
	}
}

function card(name) {
	if (!cards.has(name)) {
		cards.set(name, new Card(name, act));
		byId("cards").append(cards.get(name).node);
	}
	return cards.get(name);
}

function act(endpoint, action) {
	if (action === "drill") {
		drilled = endpoint;
		write(byId("drill-title"), "Drill at " + endpoint);
		dialog.returnValue = "";
		dialog.showModal();
		return;
	}
	carryOut(endpoint, action === "off" ? { action: "drill", fault: "off" } : { action, reason: "dashboard" });
}

byId("drill-cancel").addEventListener("click", () => dialog.close());

dialog.addEventListener("close", () => {
	if (dialog.returnValue === "begin") {
		const optional = ["calls", "share", "only"].map((name) => [name, byId("drill-" + name).value.trim()])
			.filter(([, value]) => value !== "");
		carryOut(drilled, {
			action: "drill", fault: byId("drill-fault").value, for: byId("drill-length").value, reason: "dashboard",
			...Object.fromEntries(optional)
		});
	}
});

async function carryOut(endpoint, operation) {
	const notice = byId("notice");
	try {
		await operate(endpoint, operation);
		notice.hidden = true;
	}
	catch (error) {
		notice.textContent = error.message;
		notice.hidden = false;
	}
}

setInterval(() => {
	cards.forEach((one) => one.tick());
	chart.draw();
}, 1000);

feed.run();
