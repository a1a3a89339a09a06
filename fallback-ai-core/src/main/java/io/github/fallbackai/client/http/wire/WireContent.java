package io.github.fallbackai.client.http.wire;

/**
 * What the body of an answer is made of: any number of events, or one document.
 */
public sealed interface WireContent permits ServerEvent, WireDocument {

}
