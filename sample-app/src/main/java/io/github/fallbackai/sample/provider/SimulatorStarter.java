package io.github.fallbackai.sample.provider;

import java.util.Map;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Starts the simulated providers of the profile {@code demo} before anything reads where
 * they are. They end with the application. Of several instances, one starts them and the
 * others use the same.
 */
class SimulatorStarter implements ApplicationContextInitializer<GenericApplicationContext> {

	@Override
	public void initialize(GenericApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		// The build only looks at the application, it asks nobody.
		if (environment.acceptsProfiles(Profiles.of("demo"))
				&& !Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			int firstPort = environment.getProperty("sample.simulators.first-port", Integer.class, 0);
			if (environment.getProperty("sample.simulators.elsewhere", Boolean.class, false)) {
				use(environment, SimulatedProviders.propertiesOfOthers(firstPort));
				return;
			}
			SimulatedProviders providers = new SimulatedProviders(
					environment.getRequiredProperty("sample.speed", Double.class), firstPort);
			use(environment, providers.properties());
			// A singleton rather than a bean definition, which would have to be there at
			// build time to work ahead of time.
			DefaultListableBeanFactory beans = context.getDefaultListableBeanFactory();
			String name = SimulatedProviders.class.getName();
			beans.registerSingleton(name, providers);
			beans.registerDisposableBean(name, providers::close);
		}
	}

	private static void use(ConfigurableEnvironment environment, Map<String, Object> urls) {
		environment.getPropertySources().addFirst(new MapPropertySource("simulatedProviders", urls));
	}

}
