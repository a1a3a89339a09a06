// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * The tool calls of one answer, in their order. Belongs to that answer.
 */
public final class ToolCallList extends AbstractList<ToolCallParts> {

	/** Far more than models ask for at once. */
	static final int MOST = 1000;

	private final List<ToolCallParts> calls = new ArrayList<>();

	/** Starts a list without calls. */
	public ToolCallList() {
	}

	@Override
	public ToolCallParts get(int index) {
		return this.calls.get(index);
	}

	@Override
	public int size() {
		return this.calls.size();
	}

	/**
	 * Adds a call.
	 * @throws IllegalStateException if the answer has more calls than any model makes
	 */
	@Override
	public void add(int index, ToolCallParts call) {
		if (this.calls.size() == MOST) {
			throw new IllegalStateException("tool calls: more than " + MOST);
		}
		this.calls.add(index, call);
	}

	@Override
	public ToolCallParts remove(int index) {
		return this.calls.remove(index);
	}

}
