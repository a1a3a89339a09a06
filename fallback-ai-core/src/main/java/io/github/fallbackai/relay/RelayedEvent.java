package io.github.fallbackai.relay;

import io.github.fallbackai.chat.ChatEvent;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens while an answer is streamed, and where it comes from.
 *
 * @param event what happens; it never asks to discard text that was delivered
 * @param endpoint name of the endpoint that answers or is asked, {@code null} before the
 * first
 * @param model the model as the provider named it, until then the model asked for
 * @param refusal whether text is what the model says instead of an answer
 */
public record RelayedEvent(ChatEvent event, @Nullable String endpoint, @Nullable String model, boolean refusal) {

}
