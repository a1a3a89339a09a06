// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * On the class path of these tests is what the starter for Spring Boot 3.5 brings.
 */
class StarterCheckTests {

	private final ClassLoader three = getClass().getClassLoader();

	private final ClassLoader none = new FilteredClassLoader("io.github.resilience4j.springboot3");

	@Test
	void isContentWithTheRightStarterAndWithNone() {
		assertThatNoException().isThrownBy(() -> StarterCheck.check("3.5.16", this.three));
		assertThatNoException().isThrownBy(() -> StarterCheck.check("3.5.16", this.none));
		assertThatNoException().isThrownBy(() -> StarterCheck.check("4.1.0", this.none));
	}

	@Test
	void namesTheStarterForSpringBoot4() {
		FailureAnalysis analysis = analysis("4.1.0", this.three);
		assertThat(analysis.getDescription()).isEqualTo("This application runs on Spring Boot 4.1.0, but "
				+ "resilience4j-spring-boot3, which fallback-ai-spring-boot-starter brings, is for Spring Boot 3.5.");
		assertThat(analysis.getAction())
			.isEqualTo("Replace the dependency io.github.fallbackai:fallback-ai-spring-boot-starter by "
					+ "io.github.fallbackai:fallback-ai-spring-boot4-starter.");
	}

	@Test
	void alsoWithALaterSpringBoot() {
		assertThat(analysis("10.0.0-M1", this.three).getDescription()).contains("Spring Boot 10.0.0-M1");
	}

	private static FailureAnalysis analysis(String version, ClassLoader classLoader) {
		WrongStarterException[] thrown = new WrongStarterException[1];
		assertThatExceptionOfType(WrongStarterException.class)
			.isThrownBy(() -> StarterCheck.check(version, classLoader))
			.satisfies((ex) -> thrown[0] = ex);
		return new WrongStarterFailureAnalyzer().analyze(thrown[0], thrown[0]);
	}

}
