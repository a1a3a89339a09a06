package io.github.fallbackai.chat;

/**
 * A piece of a user's message. {@code toString()} of every part hides its content.
 */
public sealed interface ContentPart permits TextPart, ImagePart {

}
