// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.relay;

import java.util.List;

import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ProviderState;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens while an answer is streamed, and where it comes from.
 *
 * @param event what happens; never a request to discard delivered text
 * @param endpoint name of the endpoint that answers or is asked, {@code null} before the
 * first
 * @param model the model as the provider named it; before that is known, the model asked
 * for
 * @param refusal whether the text is a refusal of the model instead of an answer
 * @param ended the parts of the answer that ended before the event, and since the last
 * one: each without its text, with what the provider wants back. A part that wants
 * nothing back ends without a word.
 * @param remarks what the provider said about the whole answer so far that only clients
 * of its API read, {@code null} if it said nothing
 */
public record RelayedEvent(ChatEvent event, @Nullable String endpoint, @Nullable String model, boolean refusal,
		List<AssistantPart> ended, @Nullable ProviderState remarks) {

	/** An event that no part ended before. */
	public RelayedEvent(ChatEvent event, @Nullable String endpoint, @Nullable String model, boolean refusal) {
		this(event, endpoint, model, refusal, List.of(), null);
	}

}
