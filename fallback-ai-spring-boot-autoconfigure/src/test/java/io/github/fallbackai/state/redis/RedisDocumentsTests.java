// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts in a Redis that evicts keys, or whose clock was wrong.
 */
class RedisDocumentsTests {

	private static final int MOST = 3;

	private static final int MOST_BYTES = 1000;

	private static final String TEXT = "x".repeat(300);

	private static RedisProcess redis;

	private static StringRedisTemplate template;

	private final RedisDocuments documents = new RedisDocuments(redis.connect(),
			new RedisStateSettings("documents", Duration.ofSeconds(30)),
			new DocumentLimits(MOST, MOST_BYTES, Duration.ofHours(1)));

	@BeforeAll
	static void start() {
		redis = new RedisProcess();
		template = redis.template();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@AfterEach
	void close() {
		this.documents.close();
		redis.command("FLUSHALL");
	}

	@ParameterizedTest
	@ValueSource(strings = { "texts", "sizes", "ends" })
	void goTogetherIfAKeyIsEvictedAndLeaveTheirRoom(String evicted) {
		for (int round = 0; round < 3; round++) {
			for (String id : List.of("a", "b", "c")) {
				this.documents.put("web", id + round, TEXT).block();
			}
			assertThat(this.documents.get("web", "c" + round).block()).isEqualTo(TEXT);
			template.delete(key(evicted));
			this.documents.put("web", "next" + round, TEXT).block();
			assertThat(this.documents.get("web", "next" + round).block()).isEqualTo(TEXT);
			assertThat(template.opsForHash().size(key("texts"))).isLessThanOrEqualTo(MOST);
			assertThat(template.opsForHash().keys(key("texts"))).isEqualTo(template.opsForHash().keys(key("sizes")))
				.isEqualTo(template.opsForZSet().range(key("ends"), 0, -1));
		}
	}

	@Test
	void newOnesStayIfTheClockWasAheadWhenOthersCame() {
		for (String id : List.of("a", "b", "c")) {
			this.documents.put("web", id, TEXT).block();
			template.opsForZSet().add(key("ends"), id, System.currentTimeMillis() + Duration.ofDays(365).toMillis());
		}
		for (String id : List.of("d", "0")) {
			this.documents.put("web", id, TEXT).block();
			assertThat(this.documents.get("web", id).block()).isEqualTo(TEXT);
		}
		assertThat(template.opsForZSet()
			.rangeByScore(key("ends"), System.currentTimeMillis() + Duration.ofHours(2).toMillis(), Double.MAX_VALUE))
			.isEmpty();
	}

	private static String key(String what) {
		return "documents:{responses.web}:" + what;
	}

}
