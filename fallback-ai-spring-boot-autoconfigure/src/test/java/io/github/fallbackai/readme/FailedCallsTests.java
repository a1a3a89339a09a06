// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.CallRecord;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import org.junit.jupiter.api.Test;

import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's answer to failed calls works, and is what the README shows.
 */
class FailedCallsTests {

	private static final Path SOURCE = Path.of("src/test/java/io/github/fallbackai/readme/FailedCalls.java");

	private final CallRecord coolingDown = new CallRecord("default", List.of(),
			List.of(new Skip("primary", SkipReason.BREAKER_OPEN, null, Duration.ofMillis(29_500)),
					new Skip("backup", SkipReason.BREAKER_OPEN, null, Duration.ofMinutes(5))));

	@Test
	void saysWhenToComeBack() {
		ResponseEntity<String> answer = answer(new NoEndpointAvailableException(this.coolingDown));
		assertThat(answer.getStatusCode().value()).isEqualTo(503);
		assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("30");
	}

	@Test
	void tellsLateFromBroken() {
		assertThat(
				answer(new DeadlineExceededException(Duration.ofSeconds(1), this.coolingDown)).getStatusCode().value())
			.isEqualTo(504);
		assertThat(answer(new AllEndpointsFailedException(this.coolingDown)).getStatusCode().value()).isEqualTo(502);
	}

	@Test
	void isWhatTheReadmeShows() throws Exception {
		String source = Files.readString(SOURCE);
		assertThat(Files.readString(Path.of("../README.md")))
			.contains("```java\n" + source.substring(source.indexOf("import ")) + "```");
	}

	private static ResponseEntity<String> answer(AiFallbackException ex) {
		return new FailedCalls().failed(ex);
	}

}
