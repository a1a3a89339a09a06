// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ToolCall;

/**
 * Which calls of tools there were in one loop, so that each of them runs once. Ids of
 * calls count within their round only, because some providers give the same ones in every
 * answer. Safe for use by several threads.
 */
final class ExecutionLedger {

	private final Set<Entry> begun = new HashSet<>();

	private final Map<String, Integer> runs = new HashMap<>();

	/**
	 * Gives each call of an answer an id of its own. A call that has the id, the name and
	 * the arguments of an earlier one repeats that one, and is left out. A call with the
	 * same id but another content, or without an id, is one of its own.
	 * @param answer the answer as it came
	 * @return the answer with distinct calls
	 */
	static AssistantMessage distinct(AssistantMessage answer) {
		Map<String, ToolCall> byId = new HashMap<>();
		List<AssistantPart> parts = new ArrayList<>();
		boolean changed = false;
		for (AssistantPart part : answer.parts()) {
			if (!(part instanceof ToolCall call)) {
				parts.add(part);
				continue;
			}
			ToolCall same = call.id().isBlank() ? null : byId.putIfAbsent(call.id(), call);
			if (same != null && same.name().equals(call.name()) && same.arguments().equals(call.arguments())) {
				changed = true;
			}
			else if (same != null || call.id().isBlank()) {
				ToolCall renamed = new ToolCall(freeId(call, answer, byId), call.name(), call.arguments())
					.withState(call.state());
				byId.put(renamed.id(), renamed);
				parts.add(renamed);
				changed = true;
			}
			else {
				parts.add(call);
			}
		}
		return changed ? new AssistantMessage(parts, answer.state()) : answer;
	}

	private static String freeId(ToolCall call, AssistantMessage answer, Map<String, ToolCall> taken) {
		String base = call.id().isBlank() ? "call" : call.id();
		int number = taken.size() + 1;
		String id = base + '_' + number;
		while (taken.containsKey(id) || isGiven(answer, id)) {
			id = base + '_' + ++number;
		}
		return id;
	}

	private static boolean isGiven(AssistantMessage answer, String id) {
		return answer.toolCalls().stream().anyMatch((call) -> call.id().equals(id));
	}

	/**
	 * A call is about to run.
	 * @return whether it may, because it did not before
	 */
	synchronized boolean begin(int round, ToolCall call) {
		return this.begun.add(new Entry(round, call.id()));
	}

	/**
	 * A tool is about to run.
	 * @return whether it may, because it did not run as often as its limit says
	 */
	synchronized boolean mayRun(RegisteredTool tool) {
		int before = this.runs.getOrDefault(tool.definition().name(), 0);
		if (before >= tool.limits().maxRuns()) {
			return false;
		}
		this.runs.put(tool.definition().name(), before + 1);
		return true;
	}

	private record Entry(int round, String id) {

	}

}
