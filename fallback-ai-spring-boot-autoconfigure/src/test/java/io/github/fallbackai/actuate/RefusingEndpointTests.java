// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.suite.FailoverLog;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An endpoint whose account is suspended costs no caller an answer, and operators learn
 * of it.
 */
@SpringBootTest(classes = ManagementEndpointTests.Application.class,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[1].name=backup", "fallback.ai.endpoints[1].model=small",
				"fallback.ai.state-store.type=memory" })
@AutoConfigureObservability
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
@ResourceLock("io.github.fallbackai.failover")
class RefusingEndpointTests {

	private static final String SUSPENDED = "{\"error\":{\"message\":\"Account acme is suspended, possibly due to "
			+ "reaching the monthly spending limit.\",\"code\":\"PRECONDITION_FAILED\",\"type\":\"error\"}}";

	private static final String UNKNOWN = "{\"error\":{\"message\":\"The zonk has been frobbed.\",\"code\":\"zonk\"}}";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@RegisterExtension
	final FailoverLog log = new FailoverLog();

	@Autowired
	private AiFallbackTemplate template;

	@Autowired
	@Qualifier("fallbackAiHealthIndicator")
	private HealthIndicator health;

	@Autowired
	private MeterRegistry meters;

	@Test
	void suspendedInWordsThatAreKnown() {
		primary.always(Outcome.raw(412, "application/json", SUSPENDED));
		callTwentyTimes();
		assertThat(warnings()).singleElement().asString().contains("primary", "QUOTA_EXHAUSTED");
		assertThat(details()).containsEntry("lastFailure", "QUOTA_EXHAUSTED");
		assertThat(primary.requestCount()).isEqualTo(1);
	}

	@Test
	void refusingInWordsThatNobodyKnows() {
		primary.always(Outcome.raw(400, "application/json", UNKNOWN));
		callTwentyTimes();
		assertThat(warnings()).singleElement().asString().contains("primary refuses every request");
		assertThat(details()).containsEntry("refusing", true).containsEntry("lastFailure", "REFUSED_UNEXPLAINED");
		assertThat(gauge()).isOne();
		primary.always(Outcome.healthy());
		assertThat(answeredBy()).isEqualTo("primary");
		assertThat(details()).doesNotContainKey("refusing");
		assertThat(gauge()).isZero();
	}

	private void callTwentyTimes() {
		for (int call = 0; call < 20; call++) {
			assertThat(answeredBy()).isEqualTo("backup");
		}
	}

	private String answeredBy() {
		return this.template.chat("Hello").blockOptional().orElseThrow().endpoint();
	}

	private List<String> warnings() {
		return this.log.lines()
			.stream()
			.filter((line) -> line.getLevel().isGreaterOrEqual(Level.WARN))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> details() {
		Map<String, Object> endpoints = (Map<String, Object>) this.health.health().getDetails().get("endpoints");
		return (Map<String, Object>) endpoints.get("primary");
	}

	private double gauge() {
		return this.meters.get("fallback.ai.endpoint.refusing").tag("endpoint", "primary").gauge().value();
	}

}
