package io.github.fallbackai.sample;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;
import org.springframework.util.StringUtils;

/**
 * Decides whom the chatbot talks to: real providers as soon as somebody set one of their
 * keys, simulated ones otherwise. A profile chosen by hand, {@value #DEMO} or
 * {@value #REAL}, always wins.
 */
class ProviderMode implements EnvironmentPostProcessor, Ordered {

	static final String DEMO = "demo";

	static final String REAL = "real";

	static final List<String> KEY_VARIABLES = List.of("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GROQ_API_KEY",
			"MISTRAL_API_KEY", "OPENROUTER_API_KEY");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.acceptsProfiles(Profiles.of(DEMO, REAL))) {
			return;
		}
		boolean nothingChosen = environment.getActiveProfiles().length == 0;
		boolean keyPresent = KEY_VARIABLES.stream().map(environment::getProperty).anyMatch(StringUtils::hasText);
		environment.addActiveProfile((nothingChosen && keyPresent) ? REAL : DEMO);
	}

	/** Early, because the profile decides which configuration file is read. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
