// SPDX-License-Identifier: Apache-2.0
/** Replays the disaster: the server breaks the first provider, and two chats go on asking. */

import { disaster, events } from "./api.js";
import { Lane } from "./lane.js";

const byId = (id) => document.getElementById(id);

const lanes = [
	new Lane(byId("plain"), (message, signal) => events("/api/disaster/plain", { message }, signal)),
	new Lane(byId("fallback"), (message, signal) => events("/api/chat/stream", { message }, signal))
];

async function replay() {
	const { lengthMs } = await disaster();
	const began = performance.now();
	const clock = setInterval(() => byId("progress").value = (performance.now() - began) / lengthMs, 200);
	let complete = false;
	try {
		for await (const { event, data } of events("/api/disaster", {})) {
			if (event === "step") {
				tell(data.title, data.mode);
				// The lanes begin with the first step: then the server has agreed to tell the story.
				lanes.forEach((lane) => lane.begin());
			}
			complete = event === "done";
		}
		if (!complete) {
			throw new Error("The connection to the chatbot's server broke.");
		}
	}
	finally {
		clearInterval(clock);
		await Promise.all(lanes.map((lane) => lane.end()));
	}
	byId("progress").value = 1;
	tell("In " + Math.round(lengthMs / 1000) + " seconds, the plain client " + summary(lanes[0]) + ". fallback-ai "
		+ summary(lanes[1]) + ".", "end");
}

function summary({ errors, silence }) {
	return "showed " + errors + ((errors === 1) ? " error" : " errors") + " and was silent for " + silence.toFixed(1) + " s";
}

function tell(text, mode) {
	byId("step").textContent = text;
	byId("step").dataset.mode = mode;
}

byId("run").addEventListener("click", async () => {
	byId("run").disabled = true;
	try {
		await replay();
	}
	catch (error) {
		tell(error.message, "failed");
	}
	byId("run").disabled = false;
});

disaster().then(({ patienceMs }) => byId("patience").textContent = String(Math.round(patienceMs / 1000)), (error) => {
	byId("run").disabled = true;
	tell(error.message, "failed");
});
