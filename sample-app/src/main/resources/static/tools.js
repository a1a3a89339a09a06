// SPDX-License-Identifier: Apache-2.0
/** Small switches of the page. */

const KEY = "seams";

/** Shows or hides the seams in all answers, and remembers the choice. */
export function seamSwitch(checkbox) {
	const apply = () => document.body.classList.toggle("with-seams", checkbox.checked);
	checkbox.checked = localStorage.getItem(KEY) === "true";
	checkbox.addEventListener("change", () => {
		localStorage.setItem(KEY, checkbox.checked);
		apply();
	});
	apply();
}

/** On a narrow page the panel covers a part of the conversation while it is open. */
export function narrowPanel(toggle, panel) {
	const open = (wanted) => {
		toggle.ariaExpanded = String(wanted);
		panel.classList.toggle("open", wanted);
	};
	toggle.addEventListener("click", () => open(toggle.ariaExpanded !== "true"));
	document.addEventListener("keydown", ({ key }) => {
		if (key === "Escape" && panel.classList.contains("open")) {
			open(false);
			toggle.focus();
		}
	});
}
