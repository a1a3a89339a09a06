// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One write to the connection.
 *
 * @param pause how long to wait before
 * @param bytes what to write then; its position is never moved
 */
record Step(Duration pause, ByteBuffer bytes) {

	static Step of(Duration pause, String text) {
		return new Step(pause, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

}
