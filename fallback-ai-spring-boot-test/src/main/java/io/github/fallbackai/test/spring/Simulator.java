// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field, or a parameter of a test method, that gets the simulator of an endpoint. Only
 * fields need it. {@link SimulatedEndpoints} says which endpoints have one.
 */
@Target({ ElementType.FIELD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Simulator {

	/**
	 * The name of the endpoint, that of the field or parameter unless set. Only letters
	 * and digits are compared, and their case does not matter.
	 */
	String value() default "";

}
