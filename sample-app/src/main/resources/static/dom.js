// SPDX-License-Identifier: Apache-2.0
/** Creates an element. Text only ever becomes text: nothing that a model says is read as markup. */
export function element(tag, properties = {}, ...children) {
	const { dataset, ...rest } = properties;
	const node = Object.assign(document.createElement(tag), rest);
	Object.assign(node.dataset, dataset);
	node.append(...children.filter((child) => child !== null));
	return node;
}

/** FAILURE_KIND as words. */
export function words(constant) {
	return constant.toLowerCase().replaceAll("_", " ");
}
