// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import java.time.Duration;

/**
 * The call's deadline passed before an endpoint gave an answer. {@link #attempts()} lists
 * what was tried until then.
 */
public class DeadlineExceededException extends AllEndpointsFailedException {

	public DeadlineExceededException(Duration deadline, CallRecord record) {
		super("The deadline of " + deadline.toMillis() + " ms passed in chain '" + record.chain() + "': "
				+ record.describe(), record);
	}

}
