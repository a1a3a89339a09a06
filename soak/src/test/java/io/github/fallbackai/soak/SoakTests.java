// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.state.redis.RedisProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of every form at two instances of an application, while providers, Redis, clocks
 * and consumers fail in every way. Each call gets the right answer, or an error where it
 * may, and afterwards nothing is left of any of them. Takes as long as it is told to.
 */
@Tag("slow")
class SoakTests {

	private static final Logger logger = LoggerFactory.getLogger(SoakTests.class);

	private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(5);

	private static final Duration SHORTEST_WARM_UP = Duration.ofSeconds(5);

	/** What caches and statistics may grow by, whatever the number of calls. */
	private static final long HEAP_SLACK = 32 * 1024 * 1024;

	/** Pools of threads and their selectors may still grow by so much. */
	private static final int SLACK = 12;

	private final SoakSettings settings = SoakSettings.read();

	private final Findings findings = new Findings();

	private long disturbances;

	@Test
	void leavesNothingBehind() {
		logger.info("{}", this.settings);
		SoakReport report;
		SoakApplication first;
		SoakApplication second;
		try (LogWatch log = new LogWatch(this.findings);
				RedisProcess redis = new RedisProcess();
				Providers providers = new Providers(this.settings.seed())) {
			first = new SoakApplication("a", SoakProperties.of(providers, redis.port()));
			second = new SoakApplication("b", SoakProperties.of(providers, redis.port(), "transport.client=webclient",
					"defaults.circuit-breaker.probe.mode=traffic"));
			List<SoakApplication> applications = List.of(first, second);
			try (first; second; Traffic traffic = new Traffic(this.settings, this.findings, applications)) {
				List<Settlement> settlements = applications.stream()
					.map((each) -> new Settlement(this.findings, each, providers))
					.toList();
				report = soak(new Setting(redis, providers, applications, traffic, settlements));
			}
			for (SoakApplication application : applications) {
				this.findings.expect(application.name() + ": bytes in buffers at the end", 0,
						application::bytesInBuffers);
			}
			this.findings.expect("connections to Redis at the end", 1, () -> redisConnections(redis));
			report.section("Log", log.lines());
		}
		report.checks(this.findings.rows()).findings(this.findings);
		logger.info("{}", report);
		assertThat(this.findings.texts()).as("%s", this.settings).isEmpty();
	}

	private SoakReport soak(Setting setting) {
		Duration tenth = this.settings.duration().dividedBy(10);
		Duration warmUp = (tenth.compareTo(SHORTEST_WARM_UP) < 0) ? SHORTEST_WARM_UP
				: (tenth.compareTo(LONGEST_WARM_UP) > 0) ? LONGEST_WARM_UP : tenth;
		run(setting, warmUp, Math.max(500, this.settings.calls() / 10));
		settle(setting);
		long heap = Inventory.heap();
		long files = Inventory.files();
		Map<String, Integer> threads = Inventory.threads();
		long redisConnections = redisConnections(setting.redis());
		logger.info("Warm after {} calls; {} MB, {} files, {} threads", setting.traffic().ended(), heap >> 20, files,
				sum(threads));

		setting.providers().sicken();
		long begin = System.nanoTime();
		run(setting, this.settings.duration(), this.settings.calls());
		Duration duration = Duration.ofNanos(System.nanoTime() - begin);
		settle(setting);
		this.findings.expect("connections to Redis", redisConnections, () -> redisConnections(setting.redis()));
		this.findings.expectAtMost("open files", files + SLACK, Inventory::files);
		this.findings.expectAtMost("threads", sum(threads) + SLACK, () -> sum(Inventory.threads()));
		this.findings.expectAtMost("heap", heap + HEAP_SLACK, Inventory::heap);
		SoakReport report = new SoakReport(this.settings, setting.traffic(), duration)
			.line("disturbances", Long.toString(this.disturbances))
			.section("Faults of providers", setting.providers().faults());
		setting.applications().forEach((each) -> report.section("Application " + each.name(), each.tally().counts()));
		return report.line("threads before", threads.toString()).line("threads after", Inventory.threads().toString());
	}

	private void run(Setting setting, Duration duration, long calls) {
		Disturbances running = new Disturbances(this.settings.seed(), setting.redis(), setting.providers(),
				setting.applications());
		try (running) {
			setting.traffic().run(duration, calls);
		}
		this.disturbances += running.count();
		running.failures().forEach(this.findings::add);
		setting.providers().heal();
	}

	private void settle(Setting setting) {
		List<Settlement> settlements = setting.settlements();
		this.findings.expect("calls ended", setting.traffic().begun(), setting.traffic()::ended);
		for (int index = 0; index < settlements.size(); index++) {
			settlements.get(index).servesAgain();
			settlements.get(index).givesAllPlaces();
			settlements.get(index).admitsClients(setting.traffic().gateway(index));
		}
		for (int index = 0; index < settlements.size(); index++) {
			settlements.get(index).knowsEachCall(setting.traffic().direct(index));
			settlements.get(index).atRest();
		}
		setting.providers().forget();
		this.findings.expect("connections to providers", 0, setting.providers()::openConnections);
	}

	private static long redisConnections(RedisProcess redis) {
		return Long.parseLong(redis.replies("INFO clients", 3).get(2).split(":")[1].strip());
	}

	private static long sum(Map<String, Integer> threads) {
		return threads.values().stream().mapToLong(Integer::longValue).sum();
	}

	/**
	 * All that takes part.
	 */
	private record Setting(RedisProcess redis, Providers providers, List<SoakApplication> applications, Traffic traffic,
			List<Settlement> settlements) {

	}

}
