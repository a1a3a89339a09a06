@echo off
rem Runs Maven: the installed one if it is recent enough, otherwise the release pinned in
rem .mvn\wrapper\maven-wrapper.properties, which is downloaded once and checked against its SHA-512.
rem
rem   MVNW_DISTRIBUTION_URL, MVNW_DISTRIBUTION_SHA512   take the place of the pin (a mirror, another version)
rem   MVNW_USE_INSTALLED=false                          passes over an installed Maven
rem   MAVEN_USER_HOME                                   where the release is kept, by default %USERPROFILE%\.m2
rem
rem Downloading needs curl and tar, which Windows has had since 10 (1803).
setlocal EnableExtensions DisableDelayedExpansion

for %%p in ("%~dp0.") do set "MAVEN_BASEDIR=%%~fp"
for /f "usebackq eol=# tokens=1,* delims==" %%k in ("%MAVEN_BASEDIR%\.mvn\wrapper\maven-wrapper.properties") do set "pin_%%k=%%l"

set "maven="
if /i not "%MVNW_USE_INSTALLED%"=="false" call :find_maven
if not defined maven call :find_or_install_pin
if not defined maven exit /b 1

rem Outside of any module, the whole project is built.
set "project="
if not exist pom.xml set project=--file "%MAVEN_BASEDIR%\pom.xml"
call "%maven%" %* %project%
exit /b %errorlevel%


:find_maven
set "installed=0"
for /f "tokens=1-3" %%a in ('mvn --version 2^>nul') do if "%%a %%b"=="Apache Maven" call :number installed %%c
call :number minimum %pin_minimumVersion%
if %installed% geq %minimum% set "maven=mvn"
exit /b 0

rem Makes 3.8.6 the number 3008006.
:number
for /f "tokens=1-3 delims=.-" %%a in ("%2") do set /a "%1=%%a * 1000000 + %%b * 1000 + %%c"
exit /b 0

:find_or_install_pin
set "url=%pin_distributionUrl%"
set "sha512=%pin_distributionSha512Sum%"
if defined MVNW_DISTRIBUTION_URL set "url=%MVNW_DISTRIBUTION_URL%"
if defined MVNW_DISTRIBUTION_SHA512 set "sha512=%MVNW_DISTRIBUTION_SHA512%"
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
for %%u in ("%url:/=\%") do set "name=%%~nu"
set "home=%MAVEN_USER_HOME%\wrapper\dists\%name:.tar=%-%sha512:~0,16%"
if not exist "%home%\bin\mvn.cmd" call :install_pin
if exist "%home%\bin\mvn.cmd" set "maven=%home%\bin\mvn.cmd"
exit /b 0

:install_pin
set "work=%home%.%random%%random%"
mkdir "%work%\maven"
echo mvnw: downloading %url%>&2
curl --fail --silent --show-error --location --retry 2 --output "%work%\archive" "%url%"
if not exist "%work%\archive" goto clean
set "actual="
for /f "skip=1 delims=" %%h in ('certutil -hashfile "%work%\archive" SHA512') do if not defined actual set "actual=%%h"
if /i not "%actual: =%"=="%sha512%" goto mismatch
tar -xzf "%work%\archive" -C "%work%\maven" --strip-components 1
rem Another build may have put it there meanwhile.
if exist "%work%\maven\bin\mvn.cmd" if not exist "%home%" move "%work%\maven" "%home%" >nul
goto clean

:mismatch
echo mvnw: %url% has the wrong checksum>&2
echo   expected SHA-512: %sha512%>&2
echo   actual SHA-512:   %actual: =%>&2

:clean
rmdir /s /q "%work%"
exit /b 0
