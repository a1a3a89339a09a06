package io.github.fallbackai.chat;

/**
 * The part of an answer's text that one endpoint wrote.
 *
 * @param endpoint name of the endpoint
 * @param model the model as the provider named it
 * @param length number of characters of the text it wrote
 */
public record Segment(String endpoint, String model, int length) {

}
