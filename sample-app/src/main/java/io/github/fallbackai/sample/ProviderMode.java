// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/**
 * Decides which providers the chatbot talks to, unless the user has decided: with a
 * profile, {@value #DEMO} or {@value #REAL}, or with endpoints in the configuration.
 * Otherwise the providers are real as soon as one of their keys is set, and simulated
 * without a key.
 */
class ProviderMode implements EnvironmentPostProcessor, Ordered {

	static final String DEMO = "demo";

	static final String REAL = "real";

	static final List<String> KEY_VARIABLES = List.of("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GROQ_API_KEY",
			"MISTRAL_API_KEY", "OPENROUTER_API_KEY");

	private static final ConfigurationPropertyName ENDPOINTS = ConfigurationPropertyName.of("fallback.ai.endpoints");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		ConfigurableEnvironment decided = whatTheUserDecided(environment, application);
		if (decided.acceptsProfiles(Profiles.of(DEMO, REAL)) || hasEndpoints(decided)) {
			return;
		}
		boolean noProfile = decided.getActiveProfiles().length == 0;
		environment.addActiveProfile((noProfile && hasKey(decided)) ? REAL : DEMO);
	}

	/**
	 * The configuration as it would be without this class. Neither the profiles nor the
	 * files are known yet, so Spring Boot reads them once more, into an environment that
	 * is only looked at.
	 */
	private static ConfigurableEnvironment whatTheUserDecided(ConfigurableEnvironment environment,
			SpringApplication application) {
		ConfigurableEnvironment copy = new StandardEnvironment();
		MutablePropertySources sources = copy.getPropertySources();
		sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
		environment.getPropertySources()
			.stream()
			.filter((source) -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
			.forEach(sources::addLast);
		copy.setActiveProfiles(environment.getActiveProfiles());
		ConfigDataEnvironmentPostProcessor.applyTo(copy, application.getResourceLoader(), null,
				application.getAdditionalProfiles());
		return copy;
	}

	private static boolean hasEndpoints(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.containsDescendantOf(ENDPOINTS) == ConfigurationPropertyState.PRESENT) {
				return true;
			}
		}
		return false;
	}

	private static boolean hasKey(Environment environment) {
		return KEY_VARIABLES.stream().map(environment::getProperty).anyMatch(StringUtils::hasText);
	}

	/** Early, because the profile decides which configuration file is read. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
