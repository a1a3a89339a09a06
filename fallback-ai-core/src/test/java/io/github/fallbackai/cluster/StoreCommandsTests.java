// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One outage of the store is one outage, however late its commands fail.
 */
class StoreCommandsTests {

	private final StateStoreActivity activity = new StateStoreActivity(System::nanoTime);

	private final StoreOutage outage = StoreOutage.untilPinged(System::nanoTime, this.activity);

	private final StoreCommands commands = new StoreCommands(this.outage, this.activity, Schedulers.parallel());

	private final Sinks.One<String> early = Sinks.one();

	@Test
	void aCommandOfAnEarlierOutageBeginsNoOther() {
		this.commands.run(this.early::asMono).onErrorComplete().subscribe();
		failNow();
		this.commands.ping(Mono::empty).subscribe();
		assertThat(this.outage.ongoing()).isFalse();
		this.early.tryEmitError(new IllegalStateException("late"));
		assertThat(this.outage.ongoing()).isFalse();
	}

	@Test
	void aCommandThatWasSentSinceBeginsOne() {
		failNow();
		this.commands.ping(Mono::empty).subscribe();
		this.commands.run(this.early::asMono).onErrorComplete().subscribe();
		this.early.tryEmitError(new IllegalStateException("new"));
		assertThat(this.outage.ongoing()).isTrue();
	}

	@Test
	void aCommandThatFailsWhileTheApplicationStopsBeginsNone() {
		this.commands.run(this.early::asMono).onErrorComplete().subscribe();
		this.commands.close();
		this.early.tryEmitError(new IllegalStateException("connection closed"));
		assertThat(this.outage.ongoing()).isFalse();
	}

	private void failNow() {
		this.commands.run(() -> Mono.error(new IllegalStateException("out"))).onErrorComplete().subscribe();
		assertThat(this.outage.ongoing()).isTrue();
	}

}
