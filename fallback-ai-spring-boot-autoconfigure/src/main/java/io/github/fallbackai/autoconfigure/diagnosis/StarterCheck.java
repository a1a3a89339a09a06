// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Stops the start if the starter is for another generation of Spring Boot. Otherwise
 * Resilience4j would stop it, and name only a library that the application did not
 * choose.
 */
class StarterCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	/** The log can be written from then on. */
	private static final int ORDER = LoggingApplicationListener.DEFAULT_ORDER + 1;

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		check(SpringBootVersion.getVersion(), event.getSpringApplication().getClassLoader());
	}

	static void check(String version, ClassLoader classLoader) {
		boolean four = Integer.parseInt(version.substring(0, version.indexOf('.'))) >= 4;
		Starter right = four ? Starter.BOOT_4 : Starter.BOOT_3;
		Starter wrong = four ? Starter.BOOT_3 : Starter.BOOT_4;
		if (wrong.isPresent(classLoader)) {
			throw new WrongStarterException(version, wrong, right, right.isPresent(classLoader));
		}
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	/**
	 * Our starters, recognised by what only one of them brings.
	 */
	enum Starter {

		BOOT_3("fallback-ai-spring-boot-starter", "resilience4j-spring-boot3", "3.5",
				"io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration"),

		BOOT_4("fallback-ai-spring-boot4-starter", "resilience4j-spring-boot4", "4",
				"io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration");

		final String artifact;

		final String library;

		final String springBoot;

		private final String sign;

		Starter(String artifact, String library, String springBoot, String sign) {
			this.artifact = artifact;
			this.library = library;
			this.springBoot = springBoot;
			this.sign = sign;
		}

		boolean isPresent(ClassLoader classLoader) {
			return ClassUtils.isPresent(this.sign, classLoader);
		}

	}

}
