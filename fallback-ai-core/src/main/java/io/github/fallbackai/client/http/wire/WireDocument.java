// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

/**
 * A body that is no stream of events. {@code toString()} hides it.
 *
 * @param bytes the whole body, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record WireDocument(byte[] bytes) implements WireContent {

	@Override
	public String toString() {
		return "WireDocument[" + this.bytes.length + " bytes]";
	}

}
