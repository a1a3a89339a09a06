// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an answer's events say, however they are cut; the events' order is checked on the
 * way.
 */
record AnswerSummary(EndpointEvent.@Nullable Identified identified, String text, String reasoning,
		List<ToolCall> toolCalls, EndpointEvent.@Nullable Finished finished, @Nullable Usage usage) {

	static AnswerSummary of(List<EndpointEvent> events) {
		StringBuilder text = new StringBuilder();
		StringBuilder reasoning = new StringBuilder();
		List<ToolCall> toolCalls = new ArrayList<>();
		EndpointEvent.Identified identified = null;
		EndpointEvent.Finished finished = null;
		Usage usage = null;
		for (EndpointEvent event : events) {
			assertThat(finished == null || event.progress() || event instanceof EndpointEvent.UsageReported)
				.as("%s after the end", event)
				.isTrue();
			if (event.progress()) {
				// It was not the end yet.
				finished = null;
			}
			if (event instanceof EndpointEvent.Identified who) {
				assertThat(identified).isNull();
				identified = who;
			}
			else if (event instanceof EndpointEvent.Text more) {
				assertThat(more.text()).isNotEmpty();
				text.append(more.text());
			}
			else if (event instanceof EndpointEvent.Reasoning more) {
				reasoning.append(more.text());
			}
			else if (event instanceof EndpointEvent.ToolCallComplete complete) {
				// What only the provider understands is not what the answer says.
				toolCalls.add(complete.toolCall().withState(null));
			}
			else if (event instanceof EndpointEvent.Finished end) {
				finished = end;
			}
			else if (event instanceof EndpointEvent.UsageReported reported) {
				usage = reported.usage();
			}
		}
		return new AnswerSummary(identified, text.toString(), reasoning.toString(), List.copyOf(toolCalls), finished,
				usage);
	}

	AnswerSummary withoutUsage() {
		return new AnswerSummary(this.identified, this.text, this.reasoning, this.toolCalls, this.finished, null);
	}

}
