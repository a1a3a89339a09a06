// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link OperationUrl}.
 */
class OperationUrlTests {

	@ParameterizedTest
	@CsvSource({ "https://host, https://host/op", "https://host/, https://host/op",
			"https://host:1/a%20b/?c=d%26e, https://host:1/a%20b/op?c=d%26e" })
	void addsAPathBeforeTheQuery(URI base, String expected) {
		assertThat(OperationUrl.append(base, "/op")).hasToString(expected);
	}

	@ParameterizedTest
	@CsvSource({ "https://host/a, https://host/a?v=1", "https://host/a?b=c, https://host/a?b=c&v=1",
			"https://host/a?v=2, https://host/a?v=2", "https://host/a?b=c&v=2, https://host/a?b=c&v=2",
			"https://host/a?rev=2, https://host/a?rev=2&v=1" })
	void addsAParameterThatTheUrlLacks(URI url, String expected) {
		assertThat(OperationUrl.withParameter(url, "v", "1")).hasToString(expected);
	}

	@Test
	void encodesWhatAPathCannotHave() {
		assertThat(OperationUrl.encode("a b?c#d/e:f")).isEqualTo("a%20b%3Fc%23d/e:f");
	}

}
