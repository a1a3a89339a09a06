// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

/**
 * A part of the body of an answer, which is any number of events, or one document.
 */
public sealed interface WireContent permits ServerEvent, WireDocument {

}
