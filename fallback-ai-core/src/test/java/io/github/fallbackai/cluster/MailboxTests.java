// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MailboxTests {

	private final Mailbox mailbox = new Mailbox();

	@Test
	void goesOnAfterAnActionThatBreaksOff() {
		this.mailbox.post(() -> {
			throw new StackOverflowError("scripted");
		});
		AtomicBoolean done = new AtomicBoolean();
		this.mailbox.post(() -> done.set(true));

		assertThat(done).isTrue();
	}

}
