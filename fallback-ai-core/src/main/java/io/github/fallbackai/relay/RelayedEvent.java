package io.github.fallbackai.relay;

import io.github.fallbackai.chat.ChatEvent;
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
 */
public record RelayedEvent(ChatEvent event, @Nullable String endpoint, @Nullable String model, boolean refusal) {

}
