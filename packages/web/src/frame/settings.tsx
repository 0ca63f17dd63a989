import type { ReactElement } from "react";
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  type Selection,
} from "react-aria-components";
import { localeNames, locales } from "../messages/locales.ts";
import { useWords } from "../messages/words.ts";
import { ReadingMark } from "./marks.tsx";
import { changeReading, themes, useReading } from "./reading.ts";

function only<T extends string>(selection: Selection, among: readonly T[]): T | undefined {
  return selection === "all" ? undefined : among.find((name) => selection.has(name));
}

export function ReadingMenu(): ReactElement {
  const t = useWords();
  const { locale, theme } = useReading();
  return (
    <MenuTrigger>
      <Button aria-label={t("settings.title")} className="button plain">
        <ReadingMark />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu aria-label={t("settings.title")}>
          <MenuSection
            disallowEmptySelection
            onSelectionChange={(keys) => changeReading({ locale: only(keys, locales) ?? locale })}
            selectedKeys={[locale]}
            selectionMode="single"
          >
            <Header className="heading">{t("settings.language")}</Header>
            {locales.map((name) => (
              <MenuItem id={name} key={name} lang={name}>
                {localeNames[name]}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection
            disallowEmptySelection
            onSelectionChange={(keys) => changeReading({ theme: only(keys, themes) ?? theme })}
            selectedKeys={[theme]}
            selectionMode="single"
          >
            <Header className="heading">{t("settings.theme")}</Header>
            {themes.map((name) => (
              <MenuItem id={name} key={name}>
                {t(`theme.${name}`)}
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
