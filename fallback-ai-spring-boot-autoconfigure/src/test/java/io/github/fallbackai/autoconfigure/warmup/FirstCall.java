// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.warmup;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A program that starts an application, makes its first call and logs how many classes
 * were loaded for it.
 */
final class FirstCall {

	static final String LOADED = "classes loaded: ";

	private static final Logger logger = LoggerFactory.getLogger(FirstCall.class);

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private FirstCall() {
	}

	public static void main(String[] args) throws InterruptedException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run(args)) {
			for (Thread thread : Thread.getAllStackTraces().keySet()) {
				if (thread.getName().equals(WarmUp.THREAD)) {
					thread.join();
				}
			}
			AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
			long before = loaded();
			template.chat("Hello").block(LIMIT);
			logger.info("{}{}", LOADED, loaded() - before);
		}
	}

	private static long loaded() {
		return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
	}

	/**
	 * An application with nothing but endpoints.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(FallbackAiAutoConfiguration.class)
	static class App {

	}

}
