// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.event.DispatchedListener;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the application's listeners do, calls go on.
 */
@Timeout(60)
class HarmlessListenersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final CountDownLatch release = new CountDownLatch(1);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(FallbackAiAutoConfiguration.class, FallbackAiObservationAutoConfiguration.class,
						MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[1].name=backup", "fallback.ai.endpoints[1].model=small")
		.withPropertyValues(primary.properties())
		.withPropertyValues(backup.properties());

	@AfterEach
	void unblock() {
		this.release.countDown();
	}

	@Test
	void thatThrow() {
		callsGoOn(this.runner.withBean("exception", ImmediateCallListener.class, () -> (event) -> {
			throw new IllegalStateException("broken listener");
		}).withBean("assertion", ImmediateCallListener.class, () -> (event) -> {
			throw new AssertionError("broken listener");
		}).withBean("linkage", ImmediateCallListener.class, () -> (event) -> {
			throw new NoClassDefFoundError("broken listener");
		}).withBean("dispatched", CallListener.class, () -> (event) -> {
			throw new AssertionError("broken listener");
		})
			.withInitializer((context) -> context
				.addApplicationListener(ApplicationListener.<FailoverEvent>forPayload((FailoverEvent event) -> {
					throw new IllegalStateException("broken listener");
				}))));
	}

	@Test
	void thatBlock() {
		callsGoOn(this.runner.withBean("blocked", CallListener.class, () -> (event) -> await())
			.withInitializer((context) -> context.addApplicationListener(
					ApplicationListener.<FailoverEvent>forPayload((FailoverEvent event) -> await()))));
	}

	@Test
	void thatBlockForSoLongThatTheyMissEvents() {
		this.runner.withBean("blocked", CallListener.class, () -> new BlockedListener(this.release)).run((context) -> {
			FailoverEvent event = new FailoverEvent.EndpointClosed("primary");
			List<CallListener> listeners = context.getBean(FallbackListeners.class).all();
			for (int i = 0; i < DispatchedListener.QUEUE_CAPACITY + 10; i++) {
				listeners.forEach((listener) -> listener.onEvent(event));
			}
			assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block(PATIENCE)).isNotNull();
			assertThat(context.getBean(MeterRegistry.class)
				.get("fallback.ai.listener.dropped")
				.tag("listener", "BlockedListener")
				.functionCounter()
				.count()).isGreaterThanOrEqualTo(9);
			this.release.countDown();
		});
	}

	private void callsGoOn(ApplicationContextRunner runner) {
		runner.run((context) -> {
			AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
			assertThat(template.chat("Hello").block(PATIENCE).text()).isEqualTo(primary.answerTo("Hello"));
			primary.next(Outcome.status(503));
			assertThat(String.join("", template.streamText("Hello").collectList().block(PATIENCE)))
				.isEqualTo(backup.answerTo("Hello"));
			this.release.countDown();
		});
	}

	private void await() {
		try {
			this.release.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private record BlockedListener(CountDownLatch release) implements CallListener {

		@Override
		public void onEvent(FailoverEvent event) {
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
